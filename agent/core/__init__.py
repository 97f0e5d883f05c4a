"""The pure core: values in, values out. No clock, file, socket, randomness or logging; time is an argument."""
