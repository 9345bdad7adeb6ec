using System.Linq;
using System.Management.Automation;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class ErrorTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Theory]
    [InlineData("Get-LlmMemoryEstimate abc", "ParameterCountInvalid", ErrorCategory.InvalidArgument, "abc")]
    [InlineData("Get-LlmMemoryEstimate 0", "ParameterCountOutOfRange", ErrorCategory.InvalidArgument, 0)]
    [InlineData("Get-LlmMemoryEstimate (-7e9)", "ParameterCountOutOfRange", ErrorCategory.InvalidArgument, -7e9)]
    [InlineData("Get-LlmMemoryEstimate ([double]::NaN)", "ParameterCountOutOfRange", ErrorCategory.InvalidArgument, double.NaN)]
    [InlineData("Get-LlmMemoryEstimate ([double]::PositiveInfinity)", "ParameterCountOutOfRange", ErrorCategory.InvalidArgument, double.PositiveInfinity)]
    [InlineData("Get-LlmMemoryEstimate ''", "ParameterCountMissing", ErrorCategory.InvalidArgument, "")]
    [InlineData("Get-LlmMemoryEstimate @()", "ParameterCountMissing", ErrorCategory.InvalidArgument, null)]
    [InlineData("Get-LlmMemoryEstimate", "ParameterCountMissing", ErrorCategory.InvalidArgument, null)]
    [InlineData("[pscustomobject]@{ DataType = 'BF16' } | Get-LlmMemoryEstimate", "ParameterCountMissing", ErrorCategory.InvalidArgument, null)]
    [InlineData("Get-LlmMemoryEstimate -Model lama", "ModelUnknown", ErrorCategory.ObjectNotFound, "lama")]
    [InlineData("[pscustomobject]@{ Model = 'lama' } | Get-LlmMemoryEstimate", "ModelUnknown", ErrorCategory.ObjectNotFound, "lama")]
    [InlineData("$null | Get-LlmMemoryEstimate", "ParameterCountMissing", ErrorCategory.InvalidArgument, null)]
    [InlineData("Get-LlmMemoryEstimate 4e18 -Mode Training", "EstimateOverflow", ErrorCategory.LimitsExceeded, 4_000_000_000_000_000_000)]
    [InlineData("[pscustomobject]@{ Parameters = '7B'; DataType = 'foat' } | Get-LlmMemoryEstimate", "DataTypeUnknown", ErrorCategory.ObjectNotFound, "foat")]
    [InlineData("[pscustomobject]@{ Parameters = '7B'; Mode = 'Flying' } | Get-LlmMemoryEstimate", "ModeUnknown", ErrorCategory.ObjectNotFound, "Flying")]
    [InlineData("[pscustomobject]@{ Parameters = '7B'; SafetyMargin = '200%' } | Get-LlmMemoryEstimate", "SafetyMarginOutOfRange", ErrorCategory.InvalidArgument, "200%")]
    public void A_bad_record_is_a_non_terminating_error(string command, string errorId, ErrorCategory category, object? value)
    {
        var result = session.Run(command);

        Assert.Empty(result.Output);
        AssertError(Assert.Single(result.Errors), errorId, category, value, "GetLlmMemoryEstimateCommand");
    }

    [Theory]
    [InlineData("-DataType foat", "DataTypeUnknown", ErrorCategory.ObjectNotFound, "foat")]
    [InlineData("-Mode Flying", "ModeUnknown", ErrorCategory.ObjectNotFound, "Flying")]
    [InlineData("-Optimizer Adum", "OptimizerUnknown", ErrorCategory.ObjectNotFound, "Adum")]
    [InlineData("-Optimizer 7", "OptimizerUnknown", ErrorCategory.ObjectNotFound, 7)]
    [InlineData("-SafetyMargin lots", "SafetyMarginInvalid", ErrorCategory.InvalidArgument, "lots")]
    [InlineData("-SafetyMargin 101", "SafetyMarginOutOfRange", ErrorCategory.InvalidArgument, 101)]
    [InlineData("-TrainingMultiplier four", "TrainingMultiplierInvalid", ErrorCategory.InvalidArgument, "four")]
    [InlineData("-TrainingMultiplier 0.5", "TrainingMultiplierOutOfRange", ErrorCategory.InvalidArgument, 0.5)]
    public void A_bad_setting_on_the_command_line_ends_the_command_at_once(
        string setting, string errorId, ErrorCategory category, object value)
    {
        var result = session.Run($"'7B','13B' | Get-LlmMemoryEstimate {setting}");

        // One error for two records: the command ended before the first.
        Assert.Empty(result.Output);
        AssertError(Assert.Single(result.Errors), errorId, category, value, "GetLlmMemoryEstimateCommand");
    }

    [Theory]
    [InlineData("Get-LoraMemoryEstimate 7B x", "ParameterCountInvalid", "x")]
    [InlineData("Get-LoraMemoryEstimate 7B 20M -BaseDataType foat", "DataTypeUnknown", "foat")]
    [InlineData("Get-LoraMemoryEstimate 7B 20M -AdapterDataType foat", "DataTypeUnknown", "foat")]
    public void A_bad_fine_tuning_setting_ends_the_command(string command, string errorId, string value)
    {
        var error = Assert.Single(session.Run(command).Errors);

        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, System.StringComparison.Ordinal);
        Assert.Equal(value, error.TargetObject);
    }

    [Fact]
    public void A_bad_value_among_several_leaves_the_others()
    {
        var result = session.Run("Get-LlmMemoryEstimate 7B,x,13B");

        Assert.Equal([14_000_000_000, 26_000_000_000], result.Values("TotalBytes").Cast<long>());
        Assert.Equal("x", Assert.Single(result.Errors).TargetObject);
    }

    [Fact]
    public void Every_error_of_a_record_is_reported()
    {
        var result = session.Run(
            "[pscustomobject]@{ Parameters = 'x'; DataType = 'y'; Optimizer = 'z' } | Get-LlmMemoryEstimate");

        Assert.Equal(["x", "y", "z"], result.Errors.Select(error => error.TargetObject).Order());
    }

    [Fact]
    public void A_row_without_the_property_is_the_engines_own_error()
    {
        var result = session.Run("[pscustomobject]@{ Size = '7B' }, [pscustomobject]@{ Parameters = '7B' } | Get-LlmMemoryEstimate");

        Assert.Single(result.Output);
        Assert.StartsWith("InputObjectNotBound,", Assert.Single(result.Errors).FullyQualifiedErrorId, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_a_thousand_mixed_rows_comes_out_in_order()
    {
        const string Script = """
            1..1000 | ForEach-Object {
                $n = $_
                switch ($n % 10) {
                    3 { [pscustomobject]@{ Parameters = "bad$n"; DataType = 'BF16'; Mode = 'Training'; Optimizer = 'SGD' } }
                    7 { [pscustomobject]@{ Parameters = "${n}M"; DataType = "type$n"; Mode = ''; Optimizer = '' } }
                    default { [pscustomobject]@{ Parameters = "${n}M"; DataType = 'INT8'; Mode = 'Inference'; Optimizer = '' } }
                }
            } | Get-LlmMemoryEstimate
            """;

        var result = session.Run(Script);

        var rows = Enumerable.Range(1, 1000).ToList();
        Assert.Equal(
            rows.Where(row => row % 10 is not (3 or 7)).Select(row => row * 1_000_000L),
            result.Values("TotalBytes").Cast<long>());
        Assert.Equal(
            rows.Where(row => row % 10 is 3 or 7).Select(row => row % 10 == 3 ? $"bad{row}" : $"type{row}"),
            result.Errors.Select(error => error.TargetObject));
    }

    private static void AssertError(
        ErrorRecord error, string errorId, ErrorCategory category, object? value, string command)
    {
        Assert.Equal($"{errorId},LlmMemory.Commands.{command}", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(value, error.TargetObject);
        Assert.NotEmpty(error.Exception.Message);
    }
}
