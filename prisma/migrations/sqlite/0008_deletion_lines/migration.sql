-- CreateTable
CREATE TABLE "deletion_lines" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "line" TEXT NOT NULL
);
