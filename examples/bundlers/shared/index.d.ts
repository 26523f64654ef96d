export declare function title(text: string): string;
export declare function sum(numbers: readonly number[]): number;
