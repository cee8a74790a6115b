"""What each step, act and operation of an adjudication means. Importing the package lists them all."""
