/** Signs that the service searches for at most. */
export const longestSearch = 200;
