"""The demo council of Avonmere, entered with the verbs that every council's clerks use, from files in ``demo/``."""
