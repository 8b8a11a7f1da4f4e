/** What is to be told about one row or picture of a legacy database: why it was left out, or what of it was changed. */
export interface LegacyIssue {
  /** Such as `models/12` or `models/12/images/0`. */
  item: string;
  code: string;
  message: string;
}
