using System.Linq;
using System.Management.Automation;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class BindingTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Theory]
    [InlineData("Get-LlmMemoryEstimate -Parameters 7B -DataType BF16 -Mode Training", 117_600_000_000)]
    [InlineData("Get-LlmMemoryEstimate 7B", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 7e9", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 7000000000", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate '7,000,000,000'", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate '7 billion'", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 0.5B", 1_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 350M -DataType half", 700_000_000)]
    [InlineData("Get-LlmMemoryEstimate 1.5T -DataType int8", 1_500_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 7000000000n", 14_000_000_000)]
    [InlineData("7B | Get-LlmMemoryEstimate", 14_000_000_000)]
    [InlineData("7e9 | Get-LlmMemoryEstimate", 14_000_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -SafetyMargin 10%", 400_400_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -SafetyMargin 10", 400_400_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -SafetyMargin 0.1", 400_400_000_000)]
    [InlineData("Get-LlmMemoryEstimate 13B -DataType float -Mode Training -TrainingMultiplier 3", 374_400_000_000)]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2", 497_759_232)]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2 -DataType BF16", 248_879_616)]
    [InlineData("Get-LlmModel gpt2 | Get-LlmMemoryEstimate", 497_759_232)]
    [InlineData("[pscustomobject]@{ Model = 'gpt2'; Parameters = '7B' } | Get-LlmMemoryEstimate", 497_759_232)]
    [InlineData("[pscustomobject]@{ Model = 'our own'; Parameters = '7B' } | Get-LlmMemoryEstimate", 14_000_000_000)]
    [InlineData("Get-LoraMemoryEstimate -Model gpt2 -AdapterParameters 1M", 531_359_232)]
    [InlineData("Get-LoraMemoryEstimate 7B 20M", 14_672_000_000)]
    [InlineData("Get-LoraMemoryEstimate -Parameters 7B -AdapterParameters 20M -DataType INT4", 4_172_000_000)]
    [InlineData("[pscustomobject]@{ Parameters = '7B'; DataType = 'INT8' } | Get-LlmMemoryEstimate", 7_000_000_000)]
    [InlineData("[pscustomobject]@{ Parameters = 7e9; AdapterParameters = 2e7; DataType = 'INT4' } | Get-LoraMemoryEstimate", 4_172_000_000)]
    public void What_users_type_is_bound(string command, long totalBytes)
    {
        // A bare 7B is a text only as an argument; in an expression it needs its quotes.
        var script = command.StartsWith("7B |", System.StringComparison.Ordinal) ? "'7B' |" + command[4..] : command;

        Assert.Equal(totalBytes, session.Run(script).Single().Get("TotalBytes"));
    }

    [Fact]
    public void Several_values_make_one_record_per_combination_in_the_documented_order()
    {
        var result = session.Run(
            "Get-LlmMemoryEstimate 7B,13B -DataType F32,BF16 -Mode Inference,Training -Optimizer AdamW,SGD -SafetyMargin 0.1,0.2");

        var expected = from parameters in new[] { 7_000_000_000, 13_000_000_000 }
                       from dataType in new[] { "F32", "BF16" }
                       from setting in new[] { "Inference--", "Training-AdamW-0.1", "Training-AdamW-0.2", "Training-SGD-0.1", "Training-SGD-0.2" }
                       select $"{parameters}-{dataType}-{setting}";
        Assert.Equal(
            expected,
            result.Clean().Select(item => System.FormattableString.Invariant(
                $"{item.Get("Parameters")}-{item.Get("DataType")}-{item.Get("Mode")}-{item.Get("Optimizer")}-{item.Get("SafetyMargin")}")));
    }

    [Fact]
    public void Lora_combinations_come_in_the_documented_order()
    {
        var result = session.Run("Get-LoraMemoryEstimate 7B,8B 10M,20M -BaseDataType BF16,NF4 -AdapterDataType F32,BF16");

        var expected = from parameters in new[] { 7_000_000_000, 8_000_000_000 }
                       from baseType in new[] { "BF16", "NF4" }
                       from adapter in new[] { 10_000_000, 20_000_000 }
                       from adapterType in new[] { "F32", "BF16" }
                       select $"{parameters}-{baseType}-{adapter}-{adapterType}";
        Assert.Equal(
            expected,
            result.Clean().Select(item =>
                $"{item.Get("Parameters")}-{item.Get("DataType")}-{item.Get("AdapterParameters")}-{item.Get("AdapterDataType")}"));
    }

    [Fact]
    public void An_estimate_pipes_back_into_its_cmdlet()
    {
        var first = session.Run("Get-LlmMemoryEstimate 7B -Mode Inference,Training -DataType NF4 -Optimizer SGD -SafetyMargin 15");
        var second = session.Run("$input | Get-LlmMemoryEstimate", [.. first.Clean()]);

        Assert.Equal(first.Values("TotalBytes"), second.Values("TotalBytes"));
        Assert.Empty(second.Errors);
    }

    [Fact]
    public void A_blank_cell_takes_the_default_and_says_so()
    {
        var estimate = session.Run(
            "[pscustomobject]@{ Parameters = '7B'; DataType = ''; Mode = 'Training'; Optimizer = ' ' } | Get-LlmMemoryEstimate").Single();

        Assert.Equal("BF16", estimate.Get("DataType"));
        Assert.Equal("AdamW", estimate.Get("Optimizer"));
        var assumptions = Assert.IsAssignableFrom<System.Collections.Generic.IEnumerable<string>>(estimate.Get("Assumptions"));
        Assert.Contains("Data type BF16 by default (-DataType).", assumptions);
    }

    [Fact]
    public void A_row_does_not_inherit_the_settings_of_the_row_before()
    {
        var result = session.Run(
            "[pscustomobject]@{ Parameters = '7B'; DataType = 'INT4' }, [pscustomobject]@{ Parameters = '7B' } | Get-LlmMemoryEstimate");

        Assert.Equal(["INT4", "BF16"], result.Values("DataType"));
    }

    [Fact]
    public void A_setting_on_the_command_line_serves_every_record()
    {
        var result = session.Run("'7B','13B' | Get-LlmMemoryEstimate -DataType INT8");

        Assert.Equal(["INT8", "INT8"], result.Values("DataType"));
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7B -Mode Training -SafetyMargin 0.5 -Verbose", "safety margin of 50 %")]
    [InlineData("Get-LlmMemoryEstimate 7B -Mode Training -TrainingMultiplier 2 -Verbose", "training multiplier of 2")]
    public void An_unusual_setting_is_a_verbose_note(string command, string note)
    {
        var result = session.Run(command);

        result.Single();
        Assert.Contains(note, Assert.Single(result.Verbose), System.StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate 7", "for 7 billion write 7B")]
    [InlineData("Get-LlmMemoryEstimate 7B -SafetyMargin 0.1", "Add -Mode Training")]
    public void A_likely_slip_is_a_warning(string command, string warning)
    {
        var result = session.Run(command);

        result.Single();
        Assert.Contains(warning, Assert.Single(result.Warnings), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_has_a_help_message_and_where_values_are_named_a_completer()
    {
        // Paths complete by themselves, switches have no value, and nobody can complete a secret, a text, an object or a commit.
        string[] open =
        [
            "Path", "LiteralPath", "Revision", "Token", "Json", "TensorSplit", "OverrideTensor", "Log", "Line", "Estimate",
            "LayersToTransform", "RankPattern", "Projector", "LoraAdapter", "ConfigPath", "PriceList",
        ];
        var commands = session.Run("Get-Command -Module LlmMemory").Clean().Select(item => (CommandInfo)item.BaseObject).ToList();

        Assert.Equal(["Compare-LlmMemoryEstimate", "ConvertTo-LlmLaunchArgument", "Find-LlmDeployment", "Find-LlmLimit", "Get-LlmGpu", "Get-LlmMemoryEstimate", "Get-LlmModel", "Get-LoraMemoryEstimate", "Test-LlmMemoryFit"], commands.Select(command => command.Name).Order());
        var own = commands
            .SelectMany(command => command.Parameters.Values)
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name))
            .ToList();
        Assert.All(own, parameter => Assert.All(
            parameter.Attributes.OfType<ParameterAttribute>(), attribute => Assert.NotEmpty(attribute.HelpMessage)));
        Assert.All(
            own.Where(parameter => !open.Contains(parameter.Name) && parameter.ParameterType != typeof(SwitchParameter)),
            parameter => Assert.NotEmpty(parameter.Attributes.OfType<ArgumentCompleterAttribute>()));
    }
}
