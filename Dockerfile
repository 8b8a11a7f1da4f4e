# The service alone, without the tools that build it: docker build -t mediashelf .
# With compilers, for modules that have nothing prebuilt for this machine; the same system as below.
FROM node:20-bookworm AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY codegen.ts prisma.config.ts tsconfig.json tsconfig.build.json ./
COPY prisma ./prisma
COPY schema ./schema
COPY scripts ./scripts
COPY src ./src
RUN npm run build && rm dist/.tsbuildinfo dist/.made-from.json

FROM node:20-bookworm AS modules
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
WORKDIR /app
# The volumes get this owner when they are made. The program itself belongs to root.
RUN mkdir /data /logs /config && chown 1000:1000 /data /logs
COPY --from=modules /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json README.md LICENSE ./
COPY bin ./bin
# Applied at each start; of the models, only the SQL is needed.
COPY prisma/migrations ./prisma/migrations
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    UV_THREADPOOL_SIZE=16 \
    HOST=0.0.0.0 \
    PORT=4000 \
    DATA_DIR=/data \
    LOG_DIR=/logs \
    MEDIA_CONFIG=/config/watch_media_dirs.yml
# `node` of the image. It has to own, or to be let into, what is mounted.
USER 1000:1000
VOLUME ["/data", "/logs"]
EXPOSE 4000
# Open responses and jobs have ten seconds after it: give the container more, such as `--stop-timeout 30`.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/mediashelf.cjs"]
CMD ["serve"]
