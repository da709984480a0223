"""Files and strings to articles, and what each paragraph of a news page is.

``reader`` is the way in. ``decode`` turns bytes into text, ``cleaning`` takes out what no text
needs, ``markdown``, ``webpage`` and ``worddoc`` take the text out of its format, ``paragraphs``
finds paragraphs, and ``newspage`` tells the story from its furniture by the patterns of
``furniture``; ``pagemeta`` and ``dates`` read translator, place and date off it; ``language`` tells
Korean from English.
"""
