using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Training;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Accuracy.Peers;

/// <summary>Estimators of training on the rows of Hugging Face's Trainer, torchtune and LitGPT.</summary>
internal static class TrainingPeers
{
    private const double GiB = 1L << 30;

    public static IEnumerable<string> Lines(IReadOnlyList<TrainingRunRow> rows)
    {
        List<Case> all = [.. rows.Select(row => new Case(row, PeerShape.Of(ModelReader.FromCatalogue(ModelCatalogue.All.Find(row.Model)))))];
        List<Case> cases = [.. all.Where(each => each.Row.Set.StartsWith("IBM A100", StringComparison.Ordinal))];
        var (one, several) = (cases.Where(each => each.Ranks == 1).ToList(), cases.Where(each => each.Ranks > 1).ToList());
        yield return "### Peers on the rows of training";
        yield return "Formulas and tables of EleutherAI's calculator (EleutherAI/cookbook calc/calc_transformer_mem.py @069ae2e), accelerate (huggingface/accelerate src/accelerate/commands/estimate.py @00e4d26, \"Training using Adam\" in float16: 4 x its 16 bits), DeepSpeed (deepspeedai/DeepSpeed deepspeed/runtime/zero/stage_1_and_2.py @7dee2e0, stage3.py @007cca6), LLaMA-Factory (hiyouga/LLaMA-Factory README.md @00409ff, Hardware Requirement, the column of x billion weights) and Unsloth (unsloth.ai/docs, Unsloth Requirements; between two lines interpolated), written down in tests/LlmMemory.Accuracy/Peers; none of the programs was run. Compared is the allocated peak of one GPU. EleutherAI's calculator is given the options that describe a run best: heads of keys, matrices of the network, bytes of a gradient, and ZeRO-3 for FSDP. Figures that know no ranks are divided by them.";
        yield return ErrorRow.Header
            + Group("Full, one GPU", one.Where(each => each.Way == "full"),
                ("EleutherAI", each => EleutherAi.Bytes(each.Shape, each.Run)),
                ("accelerate x4", each => Accelerate.TrainingBytes(each.Shape)),
                ("DeepSpeed, ZeRO-2 on one GPU", each => DeepSpeedEstimator.ZeroTwo(each.Shape, 1)),
                ("LLaMA-Factory", each => LlamaFactoryTable.Full(each.Shape, each.IsPure)))
            + Group("Full, FSDP", several.Where(each => each.Way == "full"),
                ("EleutherAI", each => EleutherAi.Bytes(each.Shape, each.Run)),
                ("accelerate x4 / ranks", each => Accelerate.TrainingBytes(each.Shape) / each.Ranks),
                ("DeepSpeed, ZeRO-3", each => DeepSpeedEstimator.ZeroThree(each.Shape, each.Ranks)),
                ("LLaMA-Factory / ranks", each => LlamaFactoryTable.Full(each.Shape, each.IsPure) / each.Ranks));
        yield return ErrorRow.Header
            + string.Concat(new[] { "lora", "qlora/gptq" }.Select(way =>
                Group($"{way}, one GPU", one.Where(each => each.Way == way && UnslothTable.Knows(each.Shape)),
                    ("LLaMA-Factory", each => LlamaFactoryTable.Adapter(each.Shape, way != "lora")),
                    ("Unsloth", each => UnslothTable.Adapter(each.Shape, way != "lora")))
                + Group($"{way}, FSDP", several.Where(each => each.Way == way),
                    ("LLaMA-Factory / ranks", each => LlamaFactoryTable.Adapter(each.Shape, way != "lora") / each.Ranks))));
        yield return ErrorRow.Header
            + Group("torchtune, full", all.Where(each => each.Row.Set == "torchtune"),
                ("EleutherAI", each => EleutherAi.Bytes(each.Shape, each.Run)),
                ("accelerate x4", each => Accelerate.TrainingBytes(each.Shape)),
                ("DeepSpeed, ZeRO-2 on one GPU", each => DeepSpeedEstimator.ZeroTwo(each.Shape, 1)),
                ("LLaMA-Factory", each => LlamaFactoryTable.Full(each.Shape, each.IsPure)))
            + Group("LitGPT, LoRA in BF16", all.Where(each => each.IsLitGpt && !each.IsQuantised),
                ("LLaMA-Factory", each => LlamaFactoryTable.Adapter(each.Shape, false)),
                ("Unsloth", each => UnslothTable.Adapter(each.Shape, false)))
            + Group("LitGPT, QLoRA", all.Where(each => each.IsLitGpt && each.IsQuantised),
                ("LLaMA-Factory", each => LlamaFactoryTable.Adapter(each.Shape, true)),
                ("Unsloth", each => UnslothTable.Adapter(each.Shape, true)));
        yield return "Not computed: adapters by EleutherAI, accelerate and DeepSpeed, which have none; LoRA and QLoRA of santacoder on one GPU, which is below Unsloth's smallest line; FSDP by Unsloth's table, which is of one GPU; models of LitGPT's rows below its smallest line; PEFT's loop, of which one row is full training; Axolotl's three rows, of device memory. The tables of LLaMA-Factory and Unsloth know no samples: on rows of 16,384 and more tokens they leave most of the memory out, and Unsloth calls its numbers the absolute minimum. DeepSpeed's figures leave activations out and say so. Unsloth's calculator of its Studio is under a licence that its formulas are not carried over from.";
    }

    private static string Group(string title, IEnumerable<Case> cases, params (string Who, Func<Case, double> Bytes)[] peers)
    {
        List<Case> these = [.. cases];
        string Row(string who, Func<Case, double> gib) => "\n" + ErrorRow.Percent(
            $"{title}: {who}", these.Select(each => new ErrorSample(each.Row.Name, (gib(each) / each.Row.PeakGiB) - 1)));
        return Row("LlmMemory", each => each.Row.EstimatedGiB()) + string.Concat(peers.Select(peer => Row(peer.Who, each => peer.Bytes(each) / GiB)));
    }

    private sealed record Case(TrainingRunRow Row, PeerShape Shape)
    {
        public string Way => Row.Set.Split(' ')[2];

        public int Ranks => int.Parse(Row.Cells["ranks"], System.Globalization.CultureInfo.InvariantCulture);

        public bool IsLitGpt => Row.Set == "litgpt" && Ranks == 1 && UnslothTable.Knows(Shape);

        public bool IsQuantised => Row.Cells["format"] != "BF16";

        public bool IsPure => Row.Cells["precision"] == "Pure";

        public PeerRun Run => new(
            int.Parse(Row.Cells["micro_batch"], System.Globalization.CultureInfo.InvariantCulture),
            long.Parse(Row.Cells["sequence"], System.Globalization.CultureInfo.InvariantCulture),
            Row.Cells["recompute"] != "None",
            Ranks > 1 ? 3 : 0,
            Ranks,
            1,
            1,
            2,
            IsPure ? 2 : 4);
    }
}
