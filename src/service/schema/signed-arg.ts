/** The argument of URLs that are handed to what is no page of this service, such as a player. */
export const signedArg = {
  type: 'Boolean',
  required: true,
  defaultValue: false,
  description:
    'Whether the URL works without the session of a browser, as for a player: for some hours, and for whoever has it. A ' +
    'caller with a token is given such URLs anyway; where no access is configured, none is needed.',
} as const;
