-- Pictures whose headers are read in another way by now: RAW has the size of its sensor, others have a decoder or a note.
-- They wait to be read again, and keep what was read of them until then.
UPDATE "media_items" SET "probed_at" = NULL WHERE "probed_at" IS NOT NULL AND (
  lower("filename") LIKE '%.3fr' OR
  lower("filename") LIKE '%.arw' OR
  lower("filename") LIKE '%.bmp' OR
  lower("filename") LIKE '%.cr2' OR
  lower("filename") LIKE '%.cr3' OR
  lower("filename") LIKE '%.dng' OR
  lower("filename") LIKE '%.erf' OR
  lower("filename") LIKE '%.hif' OR
  lower("filename") LIKE '%.heic' OR
  lower("filename") LIKE '%.heif' OR
  lower("filename") LIKE '%.avif' OR
  lower("filename") LIKE '%.iiq' OR
  lower("filename") LIKE '%.j2k' OR
  lower("filename") LIKE '%.jp2' OR
  lower("filename") LIKE '%.jpf' OR
  lower("filename") LIKE '%.jpx' OR
  lower("filename") LIKE '%.jxl' OR
  lower("filename") LIKE '%.kdc' OR
  lower("filename") LIKE '%.mef' OR
  lower("filename") LIKE '%.mos' OR
  lower("filename") LIKE '%.mrw' OR
  lower("filename") LIKE '%.nef' OR
  lower("filename") LIKE '%.nrw' OR
  lower("filename") LIKE '%.orf' OR
  lower("filename") LIKE '%.pef' OR
  lower("filename") LIKE '%.raf' OR
  lower("filename") LIKE '%.raw' OR
  lower("filename") LIKE '%.rw2' OR
  lower("filename") LIKE '%.rwl' OR
  lower("filename") LIKE '%.sr2' OR
  lower("filename") LIKE '%.srf' OR
  lower("filename") LIKE '%.srw' OR
  lower("filename") LIKE '%.tif' OR
  lower("filename") LIKE '%.tiff'
);
