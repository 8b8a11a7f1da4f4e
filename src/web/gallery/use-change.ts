import { useNavigate } from '@tanstack/react-router';
import { readView, type View, type ViewChange } from '../list/view.ts';

/** Changes what the address says of the view; opening and closing an item are steps of the history, the rest replaces. */
export function useChange(): (change: ViewChange, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return (change, { replace = false } = {}) =>
    void navigate({ to: '.', search: (view: View) => readView({ ...view, ...change }), replace });
}
