# Afterword's daemon: two stages, so that the image holds no pip cache, no source and no build tools.
FROM python:3.13-slim AS build
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY agent ./agent
RUN python -m venv /opt/afterword \
 && /opt/afterword/bin/python -m pip install --no-cache-dir -c constraints.txt .

FROM python:3.13-slim
COPY --from=build /opt/afterword /opt/afterword
RUN mkdir -p /config /state && chown 10001:10001 /state && chmod 0700 /state
ENV PATH=/opt/afterword/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AFTERWORD_CONFIG=/config/config.toml \
    AFTERWORD_STATE__PATH=/state
# No name, only a number: the image needs no account of its own, and an orchestrator can see that it is not root.
USER 10001:10001
VOLUME /state
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=120s --retries=3 CMD ["afterword", "health"]
ENTRYPOINT ["afterword"]
CMD ["run"]
