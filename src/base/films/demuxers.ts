/**
 * The containers that are opened, by FFmpeg's names. FFmpeg guesses a file's format from its bytes and knows many that
 * name other files or addresses (HLS, DASH, concat, SDP, image sequences), none of which is a film.
 */
export const demuxers = [
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'avi',
  'mpegts',
  'mpeg',
  'mpegvideo',
  'asf',
  'flv',
  'ogg',
  'mxf',
  'rm',
  'wtv',
  'dv',
  'nut',
  'ivf',
  'h264',
  'hevc',
  'm4v',
  'obu',
  'vc1',
].join(',');
