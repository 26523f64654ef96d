// Nothing is exported here: the page needs what happens when this is loaded.
document.title = 'Greetings';
