"""What anybody may know: who delivers what, where and when it is free, by the finder's own rules."""
