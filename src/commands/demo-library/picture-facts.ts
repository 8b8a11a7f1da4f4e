import type { DemoFacts } from './demo-picture.ts';

/** Says facts as EXIF does: figures are fractions, degrees have minutes and seconds. */
export function exifOf({ camera, exposure, place, taken }: DemoFacts): Record<string, Record<string, string>> {
  const time = taken.replaceAll('-', ':').replace('T', ' ');
  return {
    IFD0: { ...(camera && { Make: camera.make, Model: camera.model }), DateTime: time },
    IFD2: {
      DateTimeOriginal: time,
      ...(camera && { LensModel: camera.lens }),
      ...(exposure && {
        FNumber: `${Math.round(exposure.aperture * 10)}/10`,
        ExposureTime: exposure.seconds >= 1 ? `${exposure.seconds}/1` : `1/${Math.round(1 / exposure.seconds)}`,
        ISOSpeedRatings: String(exposure.iso),
      }),
    },
    ...(place && {
      IFD3: {
        GPSLatitudeRef: place[0] < 0 ? 'S' : 'N',
        GPSLatitude: degrees(place[0]),
        GPSLongitudeRef: place[1] < 0 ? 'W' : 'E',
        GPSLongitude: degrees(place[1]),
      },
    }),
  };
}

/** Says keywords as XMP does. */
export function xmpOf({ keywords = [] }: DemoFacts): string {
  const words = keywords.map((word) => `<rdf:li>${word}</rdf:li>`).join('');
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:subject><rdf:Bag>${words}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>`
  );
}

function degrees(value: number): string {
  const whole = Math.abs(value);
  const minutes = (whole % 1) * 60;
  return `${Math.floor(whole)}/1 ${Math.floor(minutes)}/1 ${Math.round((minutes % 1) * 6_000)}/100`;
}
