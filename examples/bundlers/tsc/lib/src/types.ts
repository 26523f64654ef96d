export interface Locale {
  readonly language: string;
  readonly greeting: string;
}
