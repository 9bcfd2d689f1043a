"""One module for each section of the law; each rule writes its own worksheet lines."""
