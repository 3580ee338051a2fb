"""The pages, one folder or file each; which address leads to which stands in `routes`."""
