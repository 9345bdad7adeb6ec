using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Training;

namespace LlmMemory.Accuracy.Peers;

/// <summary>Megatron's own report and EleutherAI's calculator on the rows of Megatron's tests.</summary>
internal static class MegatronPeers
{
    public static IEnumerable<string> Lines(IReadOnlyList<MegatronRunRow> rows)
    {
        List<MegatronRunRow> these = [.. rows.Where(row => row.Family != "bert" && row.Number("pp") == 1 && row.Number("cp") <= 1)];
        yield return "### Peers on Megatron's tests";
        yield return "Megatron-LM's report (NVIDIA/Megatron-LM megatron/training/theoretical_memory_usage.py @00caa53) and EleutherAI's calculator, on the rows of gpt and moe with one stage and no context parallelism. With stages the report is of the first, the measurement of the last; context parallelism neither knows. The report counts experts whole on each rank.";
        yield return ErrorRow.Header
            + Group("gpt", these.Where(row => row.Family == "gpt"))
            + Group("moe", these.Where(row => row.Family == "moe"));
        yield return "Not computed: bert, which has no causal head; the models that SimuMax measured, of which most have latent attention, context parallelism or stages.";
    }

    private static string Group(string title, IEnumerable<MegatronRunRow> rows)
    {
        List<(MegatronRunRow Row, PeerShape Shape)> cases = [.. rows.Select(row => (row, PeerShape.Of(row.Model())))];
        string Row(string who, Func<MegatronRunRow, PeerShape, double> error) =>
            "\n" + ErrorRow.Percent($"{title}: {who}", cases.Select(each => new ErrorSample(each.Row.Name, error(each.Row, each.Shape))));
        return Row("LlmMemory", (row, _) => row.Error)
            + Row("Megatron's report", (row, shape) => (MegatronReport.Bytes(shape, row) / Peak(row)) - 1)
            + Row("EleutherAI", (row, shape) => (EleutherAi.Bytes(shape, Run(row)) / Peak(row)) - 1);
    }

    private static PeerRun Run(MegatronRunRow row)
    {
        return new PeerRun(
            row.Number("micro_batch"),
            row.Number("sequence"),
            row.Cells["recompute"] != "None",
            row.Number("distributed") == 1 ? 1 : 0,
            row.Number("dp"),
            row.Number("tp"),
            Math.Max(1, row.Number("ep")),
            row.Cells["type"] == "F32" ? 4 : 2,
            row.Cells["type"] == "F16" ? 2 : 4);
    }

    private static double Peak(MegatronRunRow row)
    {
        return double.Parse(row.Cells["peak"], System.Globalization.CultureInfo.InvariantCulture);
    }
}
