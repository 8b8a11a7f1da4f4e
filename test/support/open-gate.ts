import { NothingToSignInToError } from '../../src/service/access/access-errors.ts';
import { everybody } from '../../src/service/access/principal.ts';
import type { Gate } from '../../src/service/http/authorize.ts';

/** Lets everybody do everything. */
export const openGate: Gate = {
  authenticate: async () => everybody,
  async signIn() {
    throw new NothingToSignInToError(false);
  },
  urls: { verify: async () => false },
};
