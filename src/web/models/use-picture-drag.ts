import { useEffect, useRef, type RefObject } from 'react';

interface PictureDrag {
  /** A picture was let go above another one; both by their numbers. */
  onMove: (seq: number, onto: number) => void;
  /** Files were dropped. */
  onFiles: (files: File[]) => void;
}

/** Lets the pictures of a list be dragged, by mouse, and files be dropped on it. Keys and fingers have buttons for the same. */
export function usePictureDrag(list: RefObject<HTMLElement | null>, isOn: boolean, handlers: PictureDrag): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const element = list.current;
    if (element === null || !isOn) return undefined;
    let dragged: number | null = null;
    const seqAt = ({ target }: DragEvent) => {
      const seq = target instanceof Element ? target.closest<HTMLElement>('[data-seq]')?.dataset.seq : undefined;
      return seq === undefined ? null : Number(seq);
    };
    const over = (event: DragEvent) => event.preventDefault();
    const start = (event: DragEvent) => (dragged = seqAt(event));
    const end = () => (dragged = null);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const onto = seqAt(event);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) latest.current.onFiles(files);
      else if (dragged !== null && onto !== null) latest.current.onMove(dragged, onto);
    };
    element.addEventListener('dragover', over);
    element.addEventListener('dragstart', start);
    element.addEventListener('dragend', end);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragover', over);
      element.removeEventListener('dragstart', start);
      element.removeEventListener('dragend', end);
      element.removeEventListener('drop', drop);
    };
  }, [list, isOn]);
}
