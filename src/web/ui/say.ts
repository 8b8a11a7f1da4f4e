import { Toast } from '@base-ui/react/toast';

/** Lets everything on the page say something, also what is no component. */
export const toastManager = Toast.createToastManager();

/** Says once what happened, with what can be done about it. */
export function say(title: string, action?: { label: string; run: () => void }): void {
  toastManager.add({
    title,
    ...(action && { actionProps: { children: action.label, onClick: action.run } }),
  });
}
