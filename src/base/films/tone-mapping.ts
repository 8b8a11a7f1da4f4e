/** How a film with a high dynamic range stores light: by SMPTE ST 2084 or by ARIB STD-B67, both in ITU-R BT.2100. */
export type Transfer = 'pq' | 'hlg';

/**
 * Maps pixels of BT.2020 with a high dynamic range to sRGB with a byte a channel: what is darker than paper stays nearly as
 * it is, what is brighter is compressed. They are given in planes of 16 bits, as FFmpeg orders them: green, blue, red, and alpha.
 */
export function mapToSdr(planes: Buffer, { channels, transfer }: { channels: 3 | 4; transfer: Transfer }): Uint8Array {
  const light = lightOf(transfer);
  const values = new Uint16Array(Uint8Array.from(planes).buffer);
  const count = values.length / channels;
  const mapped = new Uint8Array(values.length);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const g = light[values[pixel] ?? 0] ?? 0;
    const b = light[values[pixel + count] ?? 0] ?? 0;
    const r = light[values[pixel + 2 * count] ?? 0] ?? 0;
    // The light of a scene becomes that of a screen (BT.2100, table 5) by its luminance.
    const gain = transfer === 'hlg' ? hlgPeak * (0.2627 * r + 0.678 * g + 0.0593 * b) ** 0.2 : 1;
    const brightest = gain * Math.max(r, g, b);
    const factor = brightest > knee ? (gain * compress(brightest)) / brightest : gain;
    const at = pixel * channels;
    // From the primaries of BT.2020 to those of sRGB (ITU-R BT.2087).
    mapped[at] = encode(factor * (1.6605 * r - 0.5876 * g - 0.0728 * b));
    mapped[at + 1] = encode(factor * (-0.1246 * r + 1.1329 * g - 0.0083 * b));
    mapped[at + 2] = encode(factor * (-0.0182 * r - 0.1006 * g + 1.1187 * b));
    if (channels === 4) mapped[at + 3] = (values[pixel + 3 * count] ?? 0) >> 8;
  }
  return mapped;
}

/** White paper has 203 candela a square metre (ITU-R BT.2408); light is counted in units of it. */
const paperWhite = 203;
const hlgPeak = 1000 / paperWhite;

/** Light of that much is white, and what is brighter too: hardly a film goes beyond 1000 candela a square metre. */
const peak = 1000 / paperWhite;
/** Up to here light is left alone. */
const knee = 0.3;

// A hyperbola that goes on from the straight line at the knee, without a bend, and is 1 at the peak.
const shift = (-knee * knee * (peak - 1)) / (knee * knee - 2 * knee + peak);
const stretch = (knee * knee - 2 * knee * peak + peak) / (peak - 1);
const scale = (stretch * stretch + 2 * stretch * knee + knee * knee) / (stretch - shift);

function compress(light: number): number {
  return (scale * (light + shift)) / (light + stretch);
}

/** The light of each value of 16 bits. */
function lightOf(transfer: Transfer): Float32Array {
  return (tables[transfer] ??= Float32Array.from({ length: 65_536 }, (_, value) =>
    transfer === 'pq' ? pqLight(value / 65_535) : hlgLight(value / 65_535),
  ));
}

const tables: Partial<Record<Transfer, Float32Array>> = {};

function pqLight(value: number): number {
  const power = value ** (1 / 78.84375);
  return (
    (10_000 / paperWhite) * (Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125)
  );
}

function hlgLight(value: number): number {
  return value <= 0.5 ? (value * value) / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}

const steps = 16_384;
const encoded = Uint8Array.from({ length: steps + 1 }, (_, step) => {
  const light = step / steps;
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
});

function encode(light: number): number {
  return encoded[Math.max(0, Math.min(steps, Math.round(light * steps)))] ?? 0;
}
