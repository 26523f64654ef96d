export declare function useFixedGreeting(greeting: string): void;
