"""The questions Starling asks: packs (YAML files), their schema and the loader. Chats and people stay out."""
