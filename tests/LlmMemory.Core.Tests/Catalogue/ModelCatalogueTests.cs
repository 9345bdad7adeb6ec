using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using Xunit;

namespace LlmMemory.Core.Tests.Catalogue;

/// <summary>The built-in catalogue: every entry reads, and its figures are those that its tensors add up to.</summary>
public sealed class ModelCatalogueTests
{
    [Fact]
    public void Every_entry_has_the_parameters_that_its_tensors_add_up_to()
    {
        Assert.True(ModelCatalogue.All.Count >= 400);
        Assert.All(ModelCatalogue.All, entry => Assert.Equal(entry.Parameters, ModelReader.FromCatalogue(entry).Parameters));
    }

    [Fact]
    public void An_entry_is_found_by_name_by_id_and_by_the_end_of_its_id()
    {
        string[] spellings = ["llama-3.1-8b", "Llama 3.1 8B", "meta-llama/Llama-3.1-8B"];

        Assert.All(spellings, spelling => Assert.Equal("llama-3.1-8b", ModelCatalogue.All.Find(spelling).Name));
        Assert.Equal("8.03 B parameters, 128k context, GQA 32:8", ModelCatalogue.All.Find("llama-3.1-8b").Description);
    }

    [Fact]
    public void An_unknown_name_is_an_error_with_the_nearest_names()
    {
        var error = Assert.Throws<LlmMemoryException>(() => ModelCatalogue.All.Find("llama-3.1-9b"));

        Assert.Equal(ErrorIds.ModelUnknown, error.ErrorId);
        Assert.Contains("llama-3.1-8b", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_published_total_says_so()
    {
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find("grok-1-314b-a86b"));

        Assert.Equal(ModelVerification.Unverified, model.Verification);
        Assert.Contains(model.Assumptions, sentence => sentence.Contains("published total", System.StringComparison.Ordinal));
    }

    [SharedDataFact("catalogue.json")]
    public void Text_active_and_MTP_counts_are_those_of_the_reference_table()
    {
        using var table = JsonDocument.Parse(System.IO.File.ReadAllBytes(ReferenceData.Shared("catalogue.json")));

        Assert.All(table.RootElement.EnumerateArray(), row =>
        {
            var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(row.GetProperty("name").GetString()!));
            var counts = row.GetProperty("params");
            Assert.Equal(counts.GetProperty("text").GetInt64(), model.TextParameters);
            Assert.Equal(counts.GetProperty("active").GetInt64(), model.ActiveParameters);

            // GLM-5's file has no embedding and head of its own in the module; the table takes them off again as an extra.
            var notInFile = model.Name == "glm-5-744b-a40b" ? 1_903_165_440 : 0;
            Assert.Equal(counts.GetProperty("mtp").GetInt64() - notInFile, model.MtpParameters);
        });
    }
}
