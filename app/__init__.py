"""先审: review first, then publish."""
