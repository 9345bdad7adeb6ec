using System.Collections.Generic;
using LlmMemory.Naming;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Models.Reading;

/// <summary>Derives a model of the built-in catalogue from the dimensions of its entry.</summary>
internal static class CatalogueModelReader
{
    private const string NotVerified =
        "No published total was found that the count equals to the last digit; its dimensions were read in a source.";

    /// <summary>The entry's model, in the data type that it is published in.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="options">What the user says about it.</param>
    public static LlmModel Read(CatalogueEntry entry, ModelReadingOptions options)
    {
        var model = ConfigModelReader.Read(entry.ReadConfig(), entry.Name, options);
        List<string> assumptions = [.. model.Assumptions];
        if (!entry.IsVerified)
        {
            assumptions.Add(NotVerified);
        }

        if (entry.PublishedQuantization is { } quantization)
        {
            assumptions.Add($"{model.DataType} weights; published in {quantization} (-DataType {quantization}).");
        }

        return model.FromCatalogue(entry, new DetailList<string>(assumptions));
    }
}
