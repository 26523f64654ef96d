/** A finding that people know and have accepted for now. */
export interface BaselineEntry {
  readonly fingerprint: string;
  /** The rule's code. */
  readonly rule: string;
  /** The message of the finding when the entry was written, for people who review the file. */
  readonly text: string;
  /** Why the finding is accepted. */
  readonly reason: string;
}
