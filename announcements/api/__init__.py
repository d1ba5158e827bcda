"""The data for programs: JSON at ``/api/v1/``, read only, by the same questions as the pages.

``resources`` says what there is, ``views`` answer, ``openapi`` describes; ``docs/api.md`` has the promises.
"""
