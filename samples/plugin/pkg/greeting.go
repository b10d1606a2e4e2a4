package main

// greeting is how Greet begins. Change it and save: the next answer has it.
const greeting = "Hello"
