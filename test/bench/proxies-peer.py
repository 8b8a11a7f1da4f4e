# What the benchmark of image proxies is compared with: Pillow, with draft mode for JPEG. python3 proxies-peer.py OUT FILE…
import os
import sys

from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None
out, files = sys.argv[1], sys.argv[2:]
for path in files:
    picture = Image.open(path)
    shorter = min(picture.size)
    size = tuple(max(1, round(side * 896 / shorter)) for side in picture.size)
    if picture.format == "JPEG":
        picture.draft("RGB", size)
    picture = ImageOps.exif_transpose(picture)
    picture = picture.resize(size, Image.LANCZOS)
    stem = os.path.splitext(os.path.basename(path))[0]
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] < 255:
        picture.save(os.path.join(out, stem + ".png"))
    else:
        picture.convert("RGB").save(os.path.join(out, stem + ".jpg"), quality=85)
