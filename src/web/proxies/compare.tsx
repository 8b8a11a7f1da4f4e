import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import { proxyTexts } from '../words/proxies.ts';
import type { MadeItem } from './documents.ts';
import styles from './compare.module.css';

/** The original and its proxy in the same place, with a line between them that is moved by hand or by the arrow keys. */
export function Compare({ item, onClose }: { item: MadeItem; onClose: () => void }) {
  const [at, setAt] = useState(50);
  const { displayUrl, imageProxy: proxy, title } = item;
  if (!proxy) return null;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={`${dialog.popup} ${styles.popup}`}>
          <div className={dialog.head}>
            <Dialog.Title className={dialog.title}>{title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={proxyTexts.close} icon={<X />} />} />
          </div>
          <div className={styles.stage} style={{ aspectRatio: `${proxy.width} / ${proxy.height}` }}>
            <img src={proxy.url} alt="" />
            {displayUrl && <img src={displayUrl} alt="" style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }} />}
            <span className={styles.line} style={{ left: `${at}%` }} />
            <input
              type="range"
              min={0}
              max={100}
              value={at}
              className={styles.slider}
              aria-label={proxyTexts.divider}
              aria-valuetext={`${at} %`}
              onChange={({ target }) => setAt(Number(target.value))}
            />
          </div>
          <p className={styles.facts}>
            <span>{proxyTexts.original(proxy.originalWidth, proxy.originalHeight, proxy.originalSizeBytes)}</span>
            <span>
              {proxyTexts.proxy(proxy.width, proxy.height, proxy.sizeBytes)}, {proxyTexts.less(proxy.savingsPercent)}
            </span>
          </p>
          <a className={styles.link} href={proxy.url} target="_blank" rel="noreferrer">
            {proxyTexts.download}
          </a>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
