const sampleRate = 22_050;

/** Renders a mono WAV file of 16 bits that plays one note after the other; each is a frequency in hertz. */
export function renderMelody(notes: readonly number[], secondsPerNote: number): Buffer {
  const samplesPerNote = Math.round(sampleRate * secondsPerNote);
  const pcm = Buffer.alloc(notes.length * samplesPerNote * 2);
  for (const [index, frequency] of notes.entries()) {
    for (let sample = 0; sample < samplesPerNote; sample++) {
      const level = pluck(frequency, sample / sampleRate, secondsPerNote);
      pcm.writeInt16LE(Math.round(level * 20_000), (index * samplesPerNote + sample) * 2);
    }
  }
  return Buffer.concat([waveHeader(pcm.length), pcm]);
}

/** Level of a plucked string at that second: overtones fade sooner than the ground tone, and neither end clicks. */
function pluck(frequency: number, seconds: number, length: number): number {
  const phase = 2 * Math.PI * frequency * seconds;
  const tone = [1, 2, 3].reduce(
    (sum, overtone) => sum + (Math.sin(phase * overtone) * Math.exp(-2.2 * overtone * seconds)) / (2 * overtone),
    0,
  );
  return tone * Math.min(1, seconds / 0.01, (length - seconds) / 0.05);
}

/** Makes the RIFF, `fmt ` and `data` headers of mono PCM (Microsoft's Multimedia Programming Interface 1.0, WAVE). */
function waveHeader(pcmBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + pcmBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(pcmBytes, 40);
  return header;
}
