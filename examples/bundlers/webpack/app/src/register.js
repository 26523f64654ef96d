// This module exports nothing. The page needs its side effect.
document.title = 'Greetings';
