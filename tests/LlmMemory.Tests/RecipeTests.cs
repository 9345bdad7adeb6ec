using System.Linq;
using System.Management.Automation;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>Recipes of training through the cmdlets.</summary>
public sealed class RecipeTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Command = "Get-LlmMemoryEstimate -Model gpt2 -Mode Training -SequenceLength 128 -MicroBatchSize 1";

    [Fact]
    public void A_recipe_is_TRLs_where_no_framework_is_said()
    {
        var result = session.Run(Command + " -Recipe SFT,DPO,grpo").Clean();

        Assert.Equal(["HFTrainer-SFT-", "TRL-DPO-Frozen", "TRL-GRPO-None"], result.Select(each => $"{each.Get("Framework")}-{each.Get("Recipe")}-{each.Get("ReferenceModel")}"));
    }

    [Theory]
    [InlineData("-Recipe DPO -ReferenceModel None")]
    [InlineData("-Recipe ORPO")]
    [InlineData("-Recipe Reward -DataParallel 2 -Sharding FSDP")]
    [InlineData("-Recipe GRPO -CompletionLength 64 -RolloutMemory 1GB -ReferenceModel Frozen")]
    public void A_recipe_pipes_back_into_its_cmdlet(string settings)
    {
        var result = session.Run($"$first = {Command} {settings}; $first; $first | Get-LlmMemoryEstimate").Clean();

        Assert.Equal(2, result.Count);
        foreach (var name in new[] { "TotalBytes", "Framework", "Recipe", "ReferenceModel", "CompletionLength", "RolloutMemory", "Phase" })
        {
            Assert.Equal(result[0].Get(name), result[1].Get(name));
        }
    }

    [Fact]
    public void An_adapter_is_trained_by_a_recipe_too()
    {
        var estimate = session.Run("Get-LoraMemoryEstimate -Model gpt2 -Rank 8 -Recipe DPO -SequenceLength 128").Clean().Single();

        Assert.Equal(("LoRA", "TRL", "DPO"), (estimate.Get("Mode"), estimate.Get("Framework"), estimate.Get("Recipe")));
    }

    [Fact]
    public void Recipes_are_completed_with_what_they_are()
    {
        const string Line = "Get-LoraMemoryEstimate -Recipe ";
        var matches = ((CommandCompletion)session.Run($"TabExpansion2 '{Line}' {Line.Length}").Single().BaseObject).CompletionMatches;

        Assert.Equal(["SFT", "DPO", "ORPO", "Reward", "GRPO"], matches.Select(match => match.CompletionText));
        Assert.StartsWith("DPO: pairs of samples", matches[1].ToolTip, System.StringComparison.Ordinal);
    }
}
