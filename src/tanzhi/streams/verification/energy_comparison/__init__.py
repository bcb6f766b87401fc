"""Plants’ energy beside a region’s statistics: difference, explained parts, the rest."""
