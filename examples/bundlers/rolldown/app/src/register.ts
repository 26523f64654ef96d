// Nothing is exported here: the process needs what happens when this is loaded.
process.title = 'greetings';
