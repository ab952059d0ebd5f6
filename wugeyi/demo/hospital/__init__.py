"""An invented hospital whose records lead to the article's figures, as computed ones."""
