"""What: the law, the engine, plans and documents."""
