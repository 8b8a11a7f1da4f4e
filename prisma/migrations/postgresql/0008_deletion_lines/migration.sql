-- CreateTable
CREATE TABLE "deletion_lines" (
    "id" SERIAL NOT NULL,
    "line" TEXT NOT NULL,

    CONSTRAINT "deletion_lines_pkey" PRIMARY KEY ("id")
);
