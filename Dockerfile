FROM python:3.11-slim
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY content content
COPY db db
RUN pip install --no-cache-dir -c constraints.txt . && useradd --create-home starling && mkdir data && chown starling data
USER starling
VOLUME /app/data
ENV WEB_HOST=0.0.0.0 WEB_PORT=8080 LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["starling", "run"]
