"""Where do policies come from: files, folders and standard input; finds and reads, never judges."""
