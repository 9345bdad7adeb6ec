using System.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>What a user sees. The expected texts are the receipts; a change here is a change of the product.</summary>
public sealed class FormattingTests
{
    [Fact]
    public void Eighty_columns_show_what_matters_most()
    {
        const string Expected = """
             Params(B) DataType Mode         Total(GB) Weights(GB) Gradients(GB) States(GB)
             --------- -------- ----         --------- ----------- ------------- ----------
                     7 BF16     Training       117.600      14.000        14.000     28.000
                  0.35 F32      Inference        1.400       1.400
            """;

        Assert.Equal(
            Lines(Expected),
            Lines(Draw(80, "Get-LlmMemoryEstimate 7B -DataType BF16 -Mode Training; Get-LlmMemoryEstimate 350M -DataType F32")));
    }

    [Fact]
    public void A_hundred_and_twenty_columns_show_everything()
    {
        const string Expected = """
             Params(B) DataType Mode         Total(GB) Weights(GB) Gradients(GB) States(GB) Working(GB) Margin(GB) Adapter(GB)
             --------- -------- ----         --------- ----------- ------------- ---------- ----------- ---------- -----------
                     7 INT4     QLoRA            4.172       3.500         0.080      0.160       0.240      0.112       0.080
            """;

        Assert.Equal(Lines(Expected), Lines(Draw(120, "Get-LoraMemoryEstimate 7B 20M -BaseDataType INT4")));
    }

    // The console of Windows leaves the last of 80 columns free.
    [Fact]
    public void Eighty_columns_show_the_name_of_every_engine_in_full()
    {
        const string Expected = """
            Model         DataType Engine       Context Reqs Device(GB) Weight(GB)   KV(GB)
            -----         -------- ------       ------- ---- ---------- ----------   ------
            llama-3.1-8b  BF16     TensorRT-LLM    8192    1     21.631     16.061    1.074
            llama-3.1-8b  BF16     Transformers    8192    1     18.107     16.061    1.074
            """;

        Assert.Equal(
            Lines(Expected),
            Lines(Draw(80, "Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine TensorRT-LLM, Transformers -ContextLength 8k")));
    }

    [Fact]
    public void Components_show_their_formulas()
    {
        const string Expected = """
            Name                       Size(GB) Share(%) Formula
            ----                       -------- -------- -------
            Weights                      52.000     11.9 parameters x bytes = 13 B x 4 bytes
            Training working set        156.000     35.7 (multiplier - 1) x weights = (4 - 1) x 52 GB
            Gradients                    52.000     11.9 parameters x bytes = 13 B x 4 bytes
            Optimizer states            104.000     23.8 AdamW states x parameters x bytes = 2 x 13 B x 4 bytes
            Safety margin                72.800     16.7 margin x subtotal = 20 % x 364 GB
            """;

        Assert.Equal(Lines(Expected), Lines(Draw(120, "(Get-LlmMemoryEstimate 13B -DataType float -Mode Training).Components")));
    }

    [Fact]
    public void A_model_says_what_its_bytes_are_made_of()
    {
        const string Expected = """
            Name               Size(GB) Share(%) Params(B)  Tensors DataTypes
            ----               -------- -------- ---------  ------- ---------
            U8                   10.152     73.8   19.1103       96 U8
            BF16                  3.609     26.2    1.8045      363 BF16
            """;

        Assert.Equal(Lines(Expected), Lines(Draw(80, "(Get-LlmModel gpt-oss-20b-a3.6b -DataType MXFP4).BytesByDataType")));
    }

    [Fact]
    public void No_escape_sequence_stands_in_an_object()
    {
        using var session = new ModuleSession();
        var estimate = session.Run("Get-LlmMemoryEstimate 7B").Single();

        Assert.All(estimate.Properties, property => Assert.DoesNotContain('\u001b', $"{property.Value}"));
    }

    private static string Draw(int width, string script)
    {
        var host = new RecordingHost(width);
        using var runspace = ModuleSession.Open(host);
        ModuleSession.Run(runspace, $"& {{ {script} }} | Out-Default").Clean();
        return host.PlainText;
    }

    // Tables are padded to the width with blanks that nobody sees.
    private static string[] Lines(string text)
    {
        return [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
