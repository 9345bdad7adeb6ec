using System;
using System.Collections.Generic;
using LlmMemory.Models;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Commands;

/// <summary>The models of the catalogue that a command has read: a table of workloads names the same few again and again.</summary>
internal sealed class NamedModels
{
    // Enough for the tables that people make, and little enough that a run over the whole catalogue does not keep it.
    private const int MaxKept = 16;

    private readonly Dictionary<CatalogueEntry, LlmModel> _models = [];

    /// <summary>The model of an entry, read where it is not kept.</summary>
    public LlmModel Get(CatalogueEntry entry, Func<CatalogueEntry, LlmModel> read)
    {
        if (_models.TryGetValue(entry, out var kept))
        {
            return kept;
        }

        if (_models.Count == MaxKept)
        {
            _models.Clear();
        }

        var model = read(entry);
        _models.Add(entry, model);
        return model;
    }
}
