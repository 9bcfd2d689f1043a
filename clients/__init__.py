"""Who: firms, people, matters and their answers."""
