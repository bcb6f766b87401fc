"""CCER projects (温室气体自愿减排): lifecycle, methodologies, issuance."""
