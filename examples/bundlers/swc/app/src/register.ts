// This module exports nothing. The process needs its side effect.
process.title = 'greetings';
