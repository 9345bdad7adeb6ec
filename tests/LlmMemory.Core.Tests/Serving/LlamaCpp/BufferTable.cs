using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>
/// The rows of a table with the models that they are about. The table that the tests carry has every value of every
/// setting of nine models; shared/data has them all.
/// </summary>
internal sealed class BufferTable
{
    private readonly Dictionary<string, LlamaCppModel> _models = [];
    private readonly string _specs;

    private BufferTable(string table, string specs)
    {
        Rows = BufferRow.Read(table);
        _specs = specs;
    }

    public static BufferTable Carried => new(
        ReferenceData.Carried("llamacpp", "buffers.csv"), ReferenceData.Carried("llamacpp", "gguf"));

    public static BufferTable Shared => new(ReferenceData.Shared("llamacpp-buffers.csv"), ReferenceData.Shared("gguf"));

    public IReadOnlyList<BufferRow> Rows { get; }

    public IEnumerable<(BufferRow Row, LlamaCppMemory Memory)> Estimates()
    {
        return Rows.Select(row => (row, LlamaCppMemory.Of(ModelOf(row), row.Settings)));
    }

    public GgufSpec SpecOf(BufferRow row)
    {
        return new GgufSpec(_specs, row.ModelFile);
    }

    public LlamaCppModel ModelOf(BufferRow row)
    {
        if (!_models.TryGetValue(row.ModelFile, out var model))
        {
            model = LlamaCppModel.Of(ModelReader.FromGguf(new GgufSpec(_specs, row.ModelFile).File(), row.ModelFile));
            _models.Add(row.ModelFile, model);
        }

        return model;
    }
}
