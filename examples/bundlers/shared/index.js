export function title(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
