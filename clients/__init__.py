"""The app that knows who: firms, their people, matters, and what was answered."""
