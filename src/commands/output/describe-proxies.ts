import { count } from '../../base/count.ts';
import { formatBytes } from '../../base/format-bytes.ts';
import { savingsPercent, type ImageProxyReport } from '../../library/image-proxies/image-proxy-report.ts';

interface BatchState {
  isDryRun: boolean;
  isCancelled: boolean;
}

/** Describes what a batch of image proxies did, or would do, for a person. */
export function describeProxyReport(report: ImageProxyReport, { isDryRun, isCancelled }: BatchState): string[] {
  const { totalOriginalBytes: original, totalProxyBytes: proxies } = report;
  const would = isDryRun ? ' would be' : '';
  return [
    ...(isDryRun ? ['Dry run: nothing was written. --no-dry-run makes the proxies.'] : []),
    ...(isCancelled ? ['Stopped before the end: this is how far it came.'] : []),
    `${count(report.totalImages, 'image')}: ${report.needsResize} larger than the profile wants, ${report.noResizeNeeded} not`,
    `${count(report.proxiesCreated, 'proxy', 'proxies')}${would} made, ${report.proxiesSkipped} skipped, ${count(report.errors, 'error')}`,
    `${formatBytes(original)} ${isDryRun ? 'would become about' : 'became'} ${formatBytes(proxies)}: ` +
      `${savingsPercent(original, proxies)} % saved`,
    ...(report.remainsRemoved > 0
      ? [`${count(report.remainsRemoved, 'remainder', 'remains')} of images that are gone${would} removed`]
      : []),
  ];
}
